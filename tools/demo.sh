# Read by what plays with a demo deployment: keys, bundle and an enrolled kiosk, marked DEMO.

# shellcheck disable=SC2034 # for those who read this file
demo=$root/build/demo

make_demo() { # folder
    [ -d "$1" ] || { step "Making a demo deployment in ${1#"$root"/}"; build/release/bin/amparo deployment new "$1" --name "Demo" --demo; }
}

kiosk() { # folder, further options
    on_demo "$1" build/release/bin/amparo-kiosk "${@:2}"
}

drive() { # folder, options of the driver and of the kiosk
    on_demo "$1" build/release/bin/amparo-driver kiosk "${@:2}"
}

on_demo() { # folder, the program and its options
    local folder=$1
    shift
    in_display "$@" --state "$folder/kiosk" --deployment "$folder/keys/deployment.pub" \
        --device-key "$folder/usb/amparo-device.key" --outbox "$folder/outbox"
}

coordinator() { # folder: takes in every batch that waits and lists the cases
    build/release/bin/amparo import "$1"/outbox/b-*.age --casebook "$1/casebook/cases.db"
    build/release/bin/amparo cases list --training --casebook "$1/casebook/cases.db"
}

play_tour() { # folder, further options: screenings, a quick flag and practice, sealed, sent, imported and listed
    local folder=$1
    shift
    local journey
    for journey in screens first-contact longer flag practice; do
        drive "$folder" --tour "tests/journeys/$journey.journey" --screenshots "$folder/pictures/$journey" "$@"
    done
    coordinator "$folder"
}
