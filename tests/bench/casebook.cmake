amparo_program(bench_casebook SOURCES ${CMAKE_CURRENT_LIST_DIR}/casebook_bench.cpp
  LINK amparo::casebook amparo::casebook_sqlcipher amparo::crypto_open)
target_compile_definitions(bench_casebook PRIVATE AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
