amparo_program(bench_crypto SOURCES ${CMAKE_CURRENT_LIST_DIR} / crypto_bench.cpp ${CMAKE_CURRENT_LIST_DIR} /
               crypto_floor.cpp LINK amparo::crypto amparo::crypto_open dep::sodium)
