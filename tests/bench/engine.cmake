amparo_program(bench_engine SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_bench.cpp LINK amparo::interview amparo::workbook)
