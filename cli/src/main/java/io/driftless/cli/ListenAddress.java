package io.driftless.cli;

/// `HOST:PORT` of the command line.
record ListenAddress(String host, int port) {
    static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new ListenAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CommandFailure(
                ExitCode.FAILED, "an address is written HOST:PORT, such as 127.0.0.1:8080, not " + text);
    }
}
