# The shapes of target. A library's PRIVATE list is the only place its third-party library appears.

# What nearly every file of a library includes, read once. It shortens a build from nothing by a third.
set(AMPARO_PRECOMPILED <algorithm> <array> <charconv> <chrono> <cstdint> <functional> <map> <memory> <memory_resource>
  <optional> <set> <span> <sstream> <string> <string_view> <tl/expected.hpp> <utility> <variant> <vector>)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/precompiled.cpp" CONTENT "// Carries the precompiled header.\n")
add_library(amparo_precompiled STATIC "${CMAKE_BINARY_DIR}/precompiled.cpp")
target_link_libraries(amparo_precompiled PRIVATE amparo::options dep::expected)
target_precompile_headers(amparo_precompiled PRIVATE ${AMPARO_PRECOMPILED})
set_target_properties(amparo_precompiled PROPERTIES AMPARO_COUNTED ON)

# How many files presets for builds from nothing compile at once: twice as many as CMake does of itself saves a fifth of what
# two parts of a library cost.
set(AMPARO_TOGETHER 16)

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
  set_target_properties(amparo_${name} PROPERTIES AMPARO_COUNTED ON UNITY_BUILD_BATCH_SIZE ${AMPARO_TOGETHER})
  if(NOT LINUX)  # compiled only for a program that can be there
    set_target_properties(amparo_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  target_precompile_headers(amparo_${name} REUSE_FROM amparo_precompiled)
  amparo_arrows(amparo::${name} ${arg_PUBLIC} ${arg_PRIVATE})
endfunction()

# amparo_headers(name): a library of headers alone, which links nothing.
function(amparo_headers name)
  add_library(amparo_${name} INTERFACE)
  add_library(amparo::${name} ALIAS amparo_${name})
  target_link_libraries(amparo_${name} INTERFACE amparo::options)
  amparo_arrows(amparo::${name})
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

# All test programs of one kind, each built by one name: those that need nothing but libraries, those that work with real
# databases, those that run the linked programs.
add_custom_target(test_units)
add_custom_target(test_storage)
add_custom_target(test_programs)
# Of the first kind, those of code that reads or paints what strangers wrote.
add_custom_target(test_readers)

# amparo_test(name [PROGRAM|READER] [LABEL unit|…] [PARTS n] [APART tag…] [COST n] SOURCES … LINK …): one Catch2 program. No two of
# its files have helpers of the same name: presets for builds from nothing compile several at once. CTest runs its cases in so
# many PARTS beside each other, name_1 …, or as one entry; cases with a tag of APART are an entry and a label of their own,
# name_tag. COST: the longest begin first. Labels: unit (seconds, nothing but libraries), storage (real databases), proof,
# window, interop; with PROGRAM, which says that the linked programs are run, also program. READER: code that reads or paints what
# strangers wrote; also labelled reader, and sanitized at every change.
function(amparo_test name)
  cmake_parse_arguments(arg "PROGRAM;READER" "LABEL;PARTS;COST" "APART;SOURCES;LINK" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE amparo::options amparo_test_main ${arg_LINK})
  target_compile_definitions(test_${name} PRIVATE AMPARO_SOURCE_DIR="${CMAKE_SOURCE_DIR}" AMPARO_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  set_target_properties(test_${name} PROPERTIES AMPARO_TEST ON)
  target_precompile_headers(test_${name} REUSE_FROM amparo_test_main)
  # Cases marked [long] say nothing more where code is ten times slower.
  set(all "")
  set(none "")
  if(AMPARO_SANITIZE)
    set(all "~[long]")
    set(none --allow-running-no-tests)  # all that a tag has may be long
  endif()
  set(cost 0)
  if(arg_COST)
    set(cost ${arg_COST})
  endif()
  set(also "")
  set(label unit)
  set(together units)
  if(arg_LABEL OR arg_PROGRAM)
    set(label ${arg_LABEL})
    set(together storage)
  endif()
  if(arg_PROGRAM)
    set(also program)
    set(together programs)
  endif()
  add_dependencies(test_${together} test_${name})
  set(reader "")
  if(arg_READER)
    set(reader reader)
    add_dependencies(test_readers test_${name})
  endif()
  set(rest "${all}")
  foreach(tag IN LISTS arg_APART)
    add_test(NAME ${name}_${tag} COMMAND test_${name} --colour-mode none ${none} "[${tag}]${all}")
    set(labels ${tag} ${also})
    set_tests_properties(${name}_${tag} PROPERTIES TIMEOUT 1500 COST ${cost} LABELS "${labels}")
    string(APPEND rest "~[${tag}]")
  endforeach()
  set(entries ${name})
  if(arg_PARTS)
    set(entries "")
    set(order --order rand --rng-seed 10)  # always the same: cases of one file, alike in cost, come to different parts
    foreach(part RANGE 1 ${arg_PARTS})
      math(EXPR index "${part} - 1")
      add_test(NAME ${name}_${part} COMMAND test_${name} --colour-mode none ${order} --shard-count ${arg_PARTS}
               --shard-index ${index} ${rest})
      list(APPEND entries ${name}_${part})
    endforeach()
  else()
    add_test(NAME ${name} COMMAND test_${name} --colour-mode none ${rest})
  endif()
  set(labels ${label} ${also} ${reader})
  set_tests_properties(${entries} PROPERTIES TIMEOUT 1500 COST ${cost} LABELS "${labels}")
endfunction()

add_custom_target(fuzzers)

# amparo_fuzz(name SOURCES … LINK …): libFuzzer program fuzz_<name>, only in the fuzz preset; seeds in tests/fuzz/seeds/<name>
function(amparo_fuzz name)
  if(NOT AMPARO_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(fuzz_${name} ${arg_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE amparo::options ${arg_LINK})
  set_target_properties(fuzz_${name} PROPERTIES AMPARO_COUNTED ON AMPARO_FUZZER ON)
  add_dependencies(fuzzers fuzz_${name})
endfunction()
