# amparo::options carries every flag, of every target; no other file sets one. What only some targets need depends on
# properties that .cmake/targets.cmake and lists below tests/ give them: AMPARO_COUNTED, AMPARO_TEST, AMPARO_TEST_HEADER,
# AMPARO_FUZZER, AMPARO_CHEAP_SCRYPT.
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)

option(AMPARO_TESTS "Build the tests" ON)
option(AMPARO_WERROR "Warnings are errors" ON)
set(AMPARO_SANITIZE "" CACHE STRING "Sanitizers: address,undefined or thread")
option(AMPARO_FUZZ "Build libFuzzer targets (Clang)" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

add_library(amparo_options INTERFACE)
add_library(amparo::options ALIAS amparo_options)
target_include_directories(amparo_options INTERFACE "${CMAKE_SOURCE_DIR}")

# A clone in another folder finds what the first one compiled: paths below the sources are hashed relative to them.
find_program(AMPARO_CCACHE ccache)
if(AMPARO_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${AMPARO_CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(amparo_options INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
  else()
    target_compile_options(amparo_options INTERFACE -fpch-preprocess)
  endif()
endif()
# Fuzzing counts branches. What is fuzzed lies in libraries; programs and tests do without.
if(AMPARO_FUZZ)
  target_compile_options(amparo_options INTERFACE $<$<BOOL:$<TARGET_PROPERTY:AMPARO_COUNTED>>:-fsanitize=fuzzer-no-link>)
  target_link_options(amparo_options INTERFACE $<$<BOOL:$<TARGET_PROPERTY:AMPARO_FUZZER>>:-fsanitize=fuzzer>)
endif()
target_compile_options(amparo_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  -Wformat=2 -Wformat-nonliteral -Wimplicit-fallthrough -Wswitch)
if(AMPARO_WERROR)
  target_compile_options(amparo_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Once GCC 12 optimises, it takes moved members of a std::variant for uninitialised and sees null pointers inside
  # libstdc++'s streams. Clang's own analysis of both stays on; locals are initialised by the hardening below.
  target_compile_options(amparo_options INTERFACE -Wno-maybe-uninitialized)
  # It also sees overlaps and overflows in concatenated std::strings that are not there (its bug 105651).
  target_compile_options(amparo_options INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
else()
  target_compile_options(amparo_options INTERFACE -Wnull-dereference)
endif()

# Hardening: each flag is probed, so that an older compiler still builds.
if(AMPARO_SANITIZE)
  target_compile_options(amparo_options INTERFACE -fsanitize=${AMPARO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(amparo_options INTERFACE -fsanitize=${AMPARO_SANITIZE})
else()
  foreach(flag -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=pattern)
    string(MAKE_C_IDENTIFIER "AMPARO_HAS${flag}" known)
    check_cxx_compiler_flag(${flag} ${known})
    if(${known})
      target_compile_options(amparo_options INTERFACE ${flag})
    endif()
  endforeach()
  if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_options(amparo_options INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  endif()
  # Control-flow marks count only when every part of a program carries them, the C library's start included; one without
  # switches them off for all, in silence (so it is on Debian 12). Therefore: in all of it, or the linker refuses; or not
  # at all.
  set(CMAKE_REQUIRED_FLAGS -fcf-protection=full)
  check_linker_flag(CXX -Wl,-z,cet-report=error AMPARO_LINKS_CONTROL_FLOW)
  unset(CMAKE_REQUIRED_FLAGS)
  if(AMPARO_LINKS_CONTROL_FLOW)
    target_compile_options(amparo_options INTERFACE -fcf-protection=full)
    target_link_options(amparo_options INTERFACE -Wl,-z,cet-report=error)
    target_compile_definitions(amparo_options INTERFACE AMPARO_CONTROL_FLOW)
  endif()
  foreach(flag -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code)
    string(MAKE_C_IDENTIFIER "AMPARO_LINKS${flag}" known)
    check_linker_flag(CXX ${flag} ${known})
    if(${known})
      target_link_options(amparo_options INTERFACE ${flag})
    endif()
  endforeach()
endif()
target_compile_definitions(amparo_options INTERFACE _GLIBCXX_ASSERTIONS)
# In every target alike: a precompiled header is refused where -pthread differs.
target_compile_options(amparo_options INTERFACE -pthread)
# GCC looks for garbage from 128 MiB on, a tenth of its time where a file is many: only where memory is short.
cmake_host_system_information(RESULT AMPARO_MEMORY QUERY TOTAL_PHYSICAL_MEMORY)  # MiB
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_UNITY_BUILD AND AMPARO_MEMORY GREATER 7500)
  target_compile_options(amparo_options INTERFACE "SHELL:--param ggc-min-expand=200" "SHELL:--param ggc-min-heapsize=524288")
endif()
# What is tested is compiled as its preset says; the assertions are hardly optimised, and compile in half the time. With GCC
# that takes no longer than not at all, and the linker takes copies of templates from there for the product's as well.
set(AMPARO_QUICK "SHELL:$<IF:$<CXX_COMPILER_ID:GNU>,-Og,-O0> -U_FORTIFY_SOURCE")
target_compile_options(amparo_options INTERFACE "$<$<BOOL:$<TARGET_PROPERTY:AMPARO_TEST>>:${AMPARO_QUICK}>")
# The library that carries the tests' precompiled header is compiled as programs are: GCC refuses one made with -fPIC.
target_compile_options(amparo_options INTERFACE "$<$<BOOL:$<TARGET_PROPERTY:AMPARO_TEST_HEADER>>:-fPIE;${AMPARO_QUICK}>")
# A program that does nothing that takes time compiles in three quarters of the time.
target_compile_options(amparo_options INTERFACE $<$<AND:$<BOOL:$<TARGET_PROPERTY:AMPARO_WORDING>>,$<CONFIG:Release>>:-O1>)
# Where several of their files are compiled at once, a name of one is no shadow on the next.
target_compile_options(amparo_options INTERFACE $<$<AND:$<BOOL:$<TARGET_PROPERTY:AMPARO_TEST>>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-shadow>)
target_link_options(amparo_options INTERFACE $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)

# A program of tests puts its own functions in the place of these, however the library is linked.
foreach(function crypto_pwhash_scryptsalsa208sha256_ll crypto_pwhash_scryptsalsa208sha256)
  target_link_options(amparo_options INTERFACE $<$<BOOL:$<TARGET_PROPERTY:AMPARO_CHEAP_SCRYPT>>:-Wl,--wrap=${function}>)
endforeach()

if(AMPARO_FUZZ AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "The fuzz preset needs Clang: libFuzzer is part of it.")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Sanitized programs are large: lld links them in a fraction of the time.
  find_program(AMPARO_LLD ld.lld)
  if(AMPARO_LLD)
    target_link_options(amparo_options INTERFACE -fuse-ld=lld)
  endif()
endif()
