package dev.verdant.ops.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address as {@code HOST:PORT}; an IPv6 host stands in brackets.
 *
 * @param host name or address.
 * @param port 0..65535.
 */
record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** Reads an address from the command line. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      int colon = text.lastIndexOf(':');
      if (colon <= 0) {
        throw new TypeConversionException("'" + text + "' is not HOST:PORT");
      }
      String host = text.substring(0, colon);
      if (host.startsWith("[") != host.endsWith("]")) {
        throw new TypeConversionException("'" + text + "' is not [IPv6]:PORT");
      }
      if (host.startsWith("[")) {
        host = host.substring(1, host.length() - 1);
      }
      return new HostPort(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
      try {
        int port = Integer.parseInt(digits);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Answered like a port out of range.
      }
      throw new TypeConversionException("'" + text + "' has no port of 0.." + MAX_PORT);
    }
  }
}
