amparo_fuzz(engine_csv SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_csv.cpp LINK amparo::workbook amparo::interview)
amparo_fuzz(engine_expression SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_expression.cpp LINK amparo::interview)
amparo_fuzz(engine_form SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_form.cpp LINK amparo::workbook amparo::interview)
amparo_fuzz(engine_draft SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_draft.cpp LINK amparo::workbook amparo::interview)
