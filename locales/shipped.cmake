# Writes OUT from the JSON files ES and EN: one array of bytes each.
function(write_array name file)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REGEX REPLACE "(('[^']*',){16})" "\\1\n    " bytes "${bytes}")
  file(APPEND "${OUT}.new" "constexpr char ${name}[] = {\n    ${bytes}\n};\n")
endfunction()

file(WRITE "${OUT}.new" "// Made from locales/*.json by locales/shipped.cmake.\n#include \"locales/translator.hpp\"\n\nnamespace {\n")
write_array(es "${ES}")
write_array(en "${EN}")
file(APPEND "${OUT}.new" "}  // namespace

namespace locales {
std::string_view shipped(Language language) noexcept {
    return language == Language::Es ? std::string_view(es, sizeof es) : std::string_view(en, sizeof en);
}
}  // namespace locales
")
file(RENAME "${OUT}.new" "${OUT}")
