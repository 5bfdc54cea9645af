# What `cmake --install` puts on a machine. The programs carry catalogues, questionnaires and referrals inside them, so that
# there is nothing beside them that could be exchanged. The programme's key (/etc/amparo/deployment.pub) is laid there by the
# administrator: nothing here writes to /etc.
include(GNUInstallDirs)
foreach(program amparo amparo-kiosk)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  endif()
endforeach()
install(FILES app/cli/amparo.1 app/kiosk/amparo-kiosk.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
if(TARGET amparo-kiosk)
  install(FILES app/kiosk/amparo-kiosk.desktop DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
endif()
install(FILES README.md SECURITY.md CHANGELOG.md docs/FORMATS.md crypto/FORMAT.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")
