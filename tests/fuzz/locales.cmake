amparo_fuzz(locales_catalogue SOURCES locales_catalogue.cpp LINK amparo::locales)
