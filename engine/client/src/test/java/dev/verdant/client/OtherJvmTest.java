package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The client in JVMs started in ways of their own. */
class OtherJvmTest extends ClientTestBase {
  @Test
  void shouldConnectToTheNextEndpointWhenTheFirstIsOfIpv6AndTheJvmSpeaksIpv4Only()
      throws Exception {
    try (ScriptedServer server = ScriptedServer.greeting(8, ScriptedServer::pong)) {
      assertThat(
              run("-Djava.net.preferIPv4Stack=true", Connect.class, String.valueOf(server.port())))
          .contains("connected");
    }
  }

  @Test
  void shouldLeaveNothingOpenWhenThereIsNoDirectMemoryToConnect() throws Exception {
    assertThat(run("-XX:MaxDirectMemorySize=600k", FailToConnect.class)).contains("leaves 0 open");
  }

  @Test
  void shouldLeaveNothingOpenWhenThereIsNoThreadToConnect() throws Exception {
    assertThat(run("-Xss512k", FailToStart.class)).contains("leaves 0 open");
  }

  @Test
  void shouldLeaveNothingOpenWhenAnAttemptFailsWithSomethingUnforeseen() throws Exception {
    assertThat(run("-Xss512k", FailToReach.class)).contains("leaves 0 open");
  }

  private static void tellWhatItLeavesOpen(Runnable failing) {
    failing.run();
    long before = openFiles();
    for (int attempt = 0; attempt < 3; attempt++) {
      failing.run();
    }
    System.out.println("leaves " + (openFiles() - before) + " open");
  }

  private static long openFiles() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }

  private static String run(String option, Class<?> program, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                RequiredFlag.FLAG,
                option,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
    command.addAll(List.of(arguments));
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(child.waitFor()).as(printed).isZero();
    return printed;
  }

  /** Connects to one port of both loopback addresses. */
  static final class Connect {
    private Connect() {}

    public static void main(String[] args) {
      int port = Integer.parseInt(args[0]);
      ClientConfig config =
          new ClientConfig().endpoint("::1", port).endpoint("127.0.0.1", port).connectTimeout(LONG);
      try (VerdantClient client = VerdantClient.connect(config)) {
        System.out.println("connected: " + client.server());
      }
    }
  }

  /** Tries it again and again, as a service that waits for better times. */
  static final class FailToConnect {
    private FailToConnect() {}

    public static void main(String[] args) {
      tellWhatItLeavesOpen(FailToConnect::failToConnect);
    }

    private static void failToConnect() {
      try (VerdantClient client =
          VerdantClient.connect(new ClientConfig().endpoint("127.0.0.1", 1))) {
        throw new AssertionError(client.server());
      } catch (OutOfMemoryError e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** The same where the system has no thread more to give. */
  static final class FailToStart {
    private FailToStart() {}

    public static void main(String[] args) {
      tellWhatItLeavesOpen(FailToStart::failToStart);
    }

    private static void failToStart() {
      ClientConfig config = new ClientConfig().endpoint("127.0.0.1", 1).conclude();
      try (VerdantClient client =
          new VerdantClient(config, window -> new ClientLoop(config, window), ThreadTooMany::new)
              .start()) {
        throw new AssertionError(client.server());
      } catch (OutOfMemoryError e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** An address that is none stands for what nobody has thought of, want of memory above all. */
  static final class FailToReach {
    private FailToReach() {}

    public static void main(String[] args) {
      tellWhatItLeavesOpen(FailToReach::failToReach);
    }

    private static void failToReach() {
      InetSocketAddress none = InetSocketAddress.createUnresolved("ledger.invalid", 1);
      try (TcpMessageConnection connection = TcpMessageConnection.start(none, new FrameBuffers())) {
        throw new AssertionError(connection.server());
      } catch (UnresolvedAddressException e) {
        System.out.println("unresolved");
      }
    }
  }
}
