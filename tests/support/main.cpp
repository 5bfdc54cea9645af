// Catch2 brings main(); this file exists so that its header is compiled once for every test program.
