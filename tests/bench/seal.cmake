amparo_program(bench_seal SOURCES ${CMAKE_CURRENT_LIST_DIR}/seal_bench.cpp ${CMAKE_CURRENT_LIST_DIR}/seal_floor.cpp LINK amparo::kiosk dep::sqlcipher)
target_compile_definitions(bench_seal PRIVATE AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
add_dependencies(bench_seal amparo)
