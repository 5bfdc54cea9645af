#include "app/exchange/policy_reader.hpp"

#include <iterator>
#include <nlohmann/json.hpp>

namespace app::exchange {
namespace {

using nlohmann::json;

/// Characters of the text, counting the lines that were gone past.
struct CountedCharacter {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    const char* at;
    std::uint32_t* line;

    reference operator*() const { return *at; }
    CountedCharacter& operator++() {
        if (*at == '\n') ++*line;
        ++at;
        return *this;
    }
    CountedCharacter operator++(int) {
        const auto before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountedCharacter& a, const CountedCharacter& b) { return a.at == b.at; }
    friend bool operator!=(const CountedCharacter& a, const CountedCharacter& b) { return a.at != b.at; }
};

/// Keeps the members of the outermost object, and the items of the lists in it. What is deeper is gone through only.
class MemberKeeper final : public nlohmann::json_sax<json> {
  public:
    MemberKeeper(PolicyMembers& to, const std::uint32_t& line) : to_(to), line_(line) {}

    bool null() override { return take({}, "null"); }
    bool boolean(bool value) override {
        PolicyValue flag;
        flag.kind = PolicyValue::Kind::Flag;
        flag.flag = value;
        return take(std::move(flag), value ? "true" : "false");
    }
    bool number_integer(number_integer_t value) override { return take({}, std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override {
        PolicyValue number;
        number.kind = PolicyValue::Kind::Number;
        number.number = value;
        return take(std::move(number), std::to_string(value));
    }
    bool number_float(number_float_t /*value*/, const string_t& written) override { return take({}, written); }
    bool string(string_t& value) override {
        PolicyValue word;
        word.kind = PolicyValue::Kind::Word;
        return take(std::move(word), value);
    }
    bool binary(binary_t& /*value*/) override { return take({}, {}); }
    bool start_object(std::size_t /*size*/) override {
        if (depth_ == 0) to_.object = true;
        if (depth_ > 0) take({}, "{}");
        ++depth_;
        return true;
    }
    bool key(string_t& name) override {
        if (depth_ == 1) to_.members.push_back({name, line_, {}});
        return true;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t /*size*/) override {
        PolicyValue list;
        list.kind = depth_ == 1 ? PolicyValue::Kind::List : PolicyValue::Kind::Other;
        if (depth_ > 0) take(std::move(list), "[]");
        ++depth_;
        return true;
    }
    bool end_array() override {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& /*why*/) override {
        to_.line = line_;
        return false;
    }

  private:
    bool take(PolicyValue value, std::string_view written) {
        value.text = written;
        if (to_.object && !to_.members.empty()) {
            auto& member = to_.members.back().value;
            if (depth_ == 1) member = std::move(value);
            if (depth_ == 2 && member.kind == PolicyValue::Kind::List) member.items.push_back(std::move(value));
        }
        return true;
    }

    PolicyMembers& to_;
    const std::uint32_t& line_;
    std::size_t depth_ = 0;
};

}  // namespace

PolicyMembers read_policy_members(std::string_view text) {
    PolicyMembers members;
    std::uint32_t line = 1;
    MemberKeeper keeper(members, line);
    members.readable = json::sax_parse(CountedCharacter{text.data(), &line},
                                       CountedCharacter{text.data() + text.size(), &line}, &keeper);
    return members;
}

}  // namespace app::exchange
