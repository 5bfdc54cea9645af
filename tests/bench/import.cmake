amparo_program(bench_import SOURCES ${CMAKE_CURRENT_LIST_DIR}/import_bench.cpp ${CMAKE_CURRENT_LIST_DIR}/import_floor.cpp ${CMAKE_CURRENT_LIST_DIR}/crypto_floor.cpp
  LINK amparo::casebook amparo::casebook_sqlcipher amparo::crypto_open dep::sodium dep::sqlcipher)
target_compile_definitions(bench_import PRIVATE AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
add_dependencies(bench_import amparo)
