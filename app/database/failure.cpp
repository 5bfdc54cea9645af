#include "app/database/failure.hpp"

namespace app::database {

std::string_view describe(Error error) noexcept {
    switch (error) {
        case Error::Missing:
            return "nothing is stored here yet";
        case Error::Exists:
            return "something is already stored here and is not overwritten";
        case Error::InUse:
            return "another running program is using this store";
        case Error::WrongKey:
            return "the key does not open the database, or its first page is damaged";
        case Error::Damaged:
            return "the stored data was changed or cut";
        case Error::Unreadable:
            return "nothing of the database can be read; it was left as it is";
        case Error::RolledBack:
            return "parts of the database are older than others: an old copy was put back";
        case Error::ReadOnly:
            return "the folder or file cannot be written";
        case Error::NoSpace:
            return "the medium is full; what was stored before is unchanged";
        case Error::Io:
            return "reading or writing failed";
        case Error::Library:
            return "the database library is not SQLCipher, or a protective setting is not in force";
        case Error::Newer:
            return "the database was written by a newer version of this program";
        case Error::Memory:
            return "memory ran out or could not be locked";
        case Error::NotFound:
            return "there is no such entry";
        case Error::Refused:
            return "the rules of the store forbid this";
        case Error::Input:
            return "an argument is outside its range";
        case Error::Foreign:
            return "the folder, or a file in it, belongs to another user";
        case Error::NotPlain:
            return "something other than a plain file stands where one of this program should be";
        case Error::Internal:
            return "a statement of this program is wrong";
    }
    return "";
}

Error error_of(files::Error error) noexcept {
    switch (error) {
        case files::Error::Missing:
            return Error::Missing;
        case files::Error::Kind:
            return Error::NotPlain;
        case files::Error::TooLarge:
        case files::Error::Short:
            return Error::Damaged;
        case files::Error::Exists:
            return Error::Exists;
        case files::Error::Denied:
            return Error::ReadOnly;
        case files::Error::NoSpace:
            return Error::NoSpace;
        case files::Error::Memory:
            return Error::Memory;
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            return Error::Io;
    }
    return Error::Internal;
}

Error error_of_errno(int code) noexcept {
    return error_of(files::error_of_errno(code));
}

}  // namespace app::database
