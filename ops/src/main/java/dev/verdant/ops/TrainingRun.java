package dev.verdant.ops;

import dev.verdant.ops.server.Server;
import dev.verdant.ops.server.ServerConfig;
import dev.verdant.ops.server.ServerLog;
import dev.verdant.protocol.codec.ClockMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * Loads once, in one process, the classes that a server and the usual commands need. The build runs
 * it so that the JVM can write them to an archive, with which each start costs half the time. It
 * checks nothing, and nothing of what a process does depends on the archive.
 */
public final class TrainingRun {
  /**
   * Runs it.
   *
   * @param args a directory to work in, and a script of commands.
   */
  public static void main(String[] args) throws IOException {
    Path data = Files.createTempDirectory(Path.of(args[0]), "training");
    try {
      load(data.toString(), args[1]);
    } finally {
      IoUtil.delete(data.toFile(), false);
    }
  }

  private static void load(String data, String script) throws IOException {
    try (Server server = Server.open(config(data), ServerLog.install())) {
      server.start();
      String address = "127.0.0.1:" + server.address().getPort();
      Verdant.run("apply", "--connect", address, script);
      for (String command : new String[] {"snapshot", "accounts", "pools", "balance", "digest"}) {
        Verdant.run(command, "--connect", address);
      }
    }
    Verdant.run("apply", "--data", data, script);
    Verdant.run("verify", "--data", data);
    Verdant.run("inspect", "--data", data);
  }

  private static ServerConfig config(String data) {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new ServerConfig()
        .dataDirectory(Path.of(data))
        .listen(anyPort)
        .http(anyPort)
        .clock(ClockMode.COMMANDS);
  }

  private TrainingRun() {}
}
