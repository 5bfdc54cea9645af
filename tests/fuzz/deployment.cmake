amparo_fuzz(deployment_backup SOURCES ${CMAKE_CURRENT_LIST_DIR}/deployment_backup.cpp LINK amparo::deployment)
