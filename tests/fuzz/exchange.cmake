foreach(target ustar manifest bundle receipt reply)
  amparo_fuzz(exchange_${target} SOURCES ${CMAKE_CURRENT_LIST_DIR}/exchange_${target}.cpp LINK amparo::exchange)
endforeach()
