amparo_fuzz(backup SOURCES ${CMAKE_CURRENT_LIST_DIR}/backup.cpp LINK amparo::backup)
