amparo_program(bench_form_import SOURCES ${CMAKE_CURRENT_LIST_DIR}/form_import_bench.cpp
  LINK dep::archive dep::pugixml)
target_compile_definitions(bench_form_import PRIVATE AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
add_dependencies(bench_form_import amparo)
