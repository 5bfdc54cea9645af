amparo_program(bench_import SOURCES ${CMAKE_CURRENT_LIST_DIR}/import_bench.cpp LINK amparo::casebook amparo::casebook_sqlcipher amparo::crypto_open)
target_compile_definitions(bench_import PRIVATE AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
add_dependencies(bench_import amparo)
