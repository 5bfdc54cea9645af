amparo_program(bench_crypto SOURCES ${CMAKE_CURRENT_LIST_DIR}/crypto_bench.cpp ${CMAKE_CURRENT_LIST_DIR}/crypto_floor.cpp LINK amparo::crypto amparo::crypto_open dep::sodium)
amparo_program(bench_unlock SOURCES ${CMAKE_CURRENT_LIST_DIR}/unlock_bench.cpp LINK amparo::crypto)
