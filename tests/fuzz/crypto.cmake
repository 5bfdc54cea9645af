foreach(target age_header age_file bech32 hybrid minisign share slots words)
  amparo_fuzz(crypto_${target} SOURCES ${CMAKE_CURRENT_LIST_DIR}/crypto_${target}.cpp LINK amparo::crypto amparo::crypto_open)
endforeach()
