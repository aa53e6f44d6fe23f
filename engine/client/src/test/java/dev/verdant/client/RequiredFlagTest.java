package dev.verdant.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RequiredFlagTest {
  /** What the child prints when it has come to its end. */
  private static final String CAUGHT = "caught ";

  @Test
  void shouldNameTheFlagWhenTheJvmLacksIt() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

    assertThat(child.waitFor()).as(printed).isZero();
    assertThat(printed).contains(CAUGHT).contains(RequiredFlag.FLAG);
  }

  @Test
  void shouldLeaveEveryOtherErrorOfLoadingAsItIs() {
    LinkageError error = new NoClassDefFoundError("of something else");

    assertThatThrownBy(() -> RequiredFlag.explain(error)).isSameAs(error);
  }

  /** A service that connects. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) {
      ClientConfig config = new ClientConfig().endpoint("127.0.0.1", 1);
      try (VerdantClient client = VerdantClient.connect(config)) {
        System.out.println(client.server());
      } catch (IllegalStateException e) {
        System.out.println(CAUGHT + e.getMessage());
      }
    }
  }
}
