#pragma once
// Texts behind their lengths, one after the other, for what is set aside while an export is made. Must not know what
// they say.

#include <optional>
#include <string>
#include <string_view>

namespace app::exports {

void pack(std::string& to, std::string_view text);
/// The next one, which is taken off `from`; nothing, and nothing is taken, where it is not whole.
[[nodiscard]] std::optional<std::string_view> unpack(std::string_view& from);

}  // namespace app::exports
