amparo_fuzz(workbook_xlsx SOURCES ${CMAKE_CURRENT_LIST_DIR} / workbook_xlsx.cpp LINK amparo::spreadsheet amparo::interview)
    amparo_fuzz(workbook_parts SOURCES ${CMAKE_CURRENT_LIST_DIR} /
                workbook_parts.cpp LINK amparo::spreadsheet amparo::interview)
