amparo_fuzz(record_read SOURCES ${CMAKE_CURRENT_LIST_DIR}/record_read.cpp LINK amparo::record)
