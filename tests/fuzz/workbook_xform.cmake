amparo_fuzz(workbook_xform SOURCES ${CMAKE_CURRENT_LIST_DIR}/workbook_xform.cpp
  LINK amparo::workbook amparo::xform amparo::interview dep::pugixml)
