#pragma once
// Words as execve() takes them.

#include <string>
#include <vector>

namespace test {

/// Points into the words, with the null behind them; as long as they live and stay as they are.
inline std::vector<char*> exec_words(std::vector<std::string>& words) {
    std::vector<char*> all;
    for (auto& word : words) all.push_back(word.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace test
