# The three shapes of target. A library's PRIVATE list is the only place its third-party library appears.

# What nearly every file of a library includes, read once. It shortens a build from nothing by a third.
set(AMPARO_PRECOMPILED <algorithm> <array> <charconv> <chrono> <cstdint> <functional> <map> <memory> <memory_resource>
  <optional> <set> <span> <sstream> <string> <string_view> <tl/expected.hpp> <utility> <variant> <vector>)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/precompiled.cpp" CONTENT "// Carries the precompiled header.\n")
add_library(amparo_precompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
target_link_libraries(amparo_precompiled PRIVATE amparo::options dep::expected)
target_precompile_headers(amparo_precompiled PRIVATE ${AMPARO_PRECOMPILED})
set_target_properties(amparo_precompiled PROPERTIES AMPARO_COUNTED ON)

# What a target links, for tests/layering: these lists are the arrows of the architecture.
function(amparo_arrows name)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}" OUTPUT_VARIABLE folder)
  list(JOIN ARGN " " links)
  set_property(GLOBAL APPEND_STRING PROPERTY AMPARO_ARROWS "${folder} ${name} ${links}\n")
endfunction()

# amparo_library(name SOURCES a.cpp … [PUBLIC targets…] [PRIVATE targets…])
function(amparo_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(amparo_${name} STATIC ${arg_SOURCES})
  add_library(amparo::${name} ALIAS amparo_${name})
  target_link_libraries(amparo_${name} PUBLIC amparo::options dep::expected ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  set_target_properties(amparo_${name} PROPERTIES AMPARO_COUNTED ON)
  if(NOT LINUX)  # compiled only for a program that can be there
    set_target_properties(amparo_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  target_precompile_headers(amparo_${name} REUSE_FROM amparo_precompiled)
  amparo_arrows(amparo::${name} ${arg_PUBLIC} ${arg_PRIVATE})
endfunction()

# amparo_program(file-name [ON system…] SOURCES … LINK …): on another system it is left out, and the summary says so.
function(amparo_program name)
  cmake_parse_arguments(arg "" "" "ON;SOURCES;LINK" ${ARGN})
  if(arg_ON AND NOT CMAKE_SYSTEM_NAME IN_LIST arg_ON)
    set_property(GLOBAL APPEND PROPERTY AMPARO_LEFT_OUT ${name})
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE amparo::options ${arg_LINK})
  amparo_arrows(${name} ${arg_LINK})
endfunction()

# amparo_test(name [TOGETHER] [APART tag] SOURCES … LINK …): one Catch2 program, one CTest entry named after the target.
# TOGETHER: no two of its files have helpers of the same name, so that presets for builds from nothing compile several at
# once. APART: the long cases with this tag are a second entry, name_tag, which runs beside the first.
function(amparo_test name)
  cmake_parse_arguments(arg "TOGETHER" "APART" "SOURCES;LINK" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE amparo::options amparo_test_main ${arg_LINK})
  target_compile_definitions(test_${name} PRIVATE AMPARO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  set_target_properties(test_${name} PROPERTIES AMPARO_TEST ON)
  target_precompile_headers(test_${name} REUSE_FROM amparo_test_main)
  if(arg_TOGETHER)
    set_target_properties(test_${name} PROPERTIES UNITY_BUILD "${AMPARO_UNITY}" UNITY_BUILD_BATCH_SIZE 4)
  endif()
  # Cases marked [long] say nothing more where code is ten times slower.
  set(all "")
  if(AMPARO_SANITIZE)
    set(all "~[long]")
  endif()
  set(entries ${name})
  if(arg_APART)
    add_test(NAME ${name}_${arg_APART} COMMAND test_${name} --colour-mode none "[${arg_APART}]${all}")
    list(APPEND entries ${name}_${arg_APART})
    string(APPEND all "~[${arg_APART}]")
  endif()
  add_test(NAME ${name} COMMAND test_${name} --colour-mode none ${all})
  set_tests_properties(${entries} PROPERTIES TIMEOUT 1500)
endfunction()

# amparo_fuzz(name SOURCES … LINK …): libFuzzer program fuzz_<name>, only in the fuzz preset; seeds in tests/fuzz/seeds/<name>
function(amparo_fuzz name)
  if(NOT AMPARO_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(fuzz_${name} ${arg_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE amparo::options ${arg_LINK})
  set_target_properties(fuzz_${name} PROPERTIES AMPARO_COUNTED ON AMPARO_FUZZER ON)
endfunction()
