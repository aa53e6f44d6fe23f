package dev.verdant.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdant.protocol.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends the bytes that PROTOCOL.md shows, and expects the bytes that it shows. */
class ProtocolPageOnServerTest {
  private static final Pattern BLOCK_BORDER = Pattern.compile("\n(?=[→←] )|\n\n|\n```");

  private static final Path PAGE = Path.of("..", "engine", "protocol", "PROTOCOL.md");
  private static final String SENT = "→";
  private static final String RECEIVED = "←";

  @TempDir private Path directory;

  @Test
  void shouldAnswerTheWorkedExampleByteForByte() throws IOException {
    List<byte[]> requests = frames(SENT);
    List<byte[]> replies = frames(RECEIVED);
    assertThat(requests).hasSize(4);
    assertThat(replies).hasSize(4);

    try (ServerUnderTest server = ServerUnderTest.launch(directory);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      for (byte[] request : requests) {
        socket.getOutputStream().write(request);
      }

      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (byte[] reply : replies) {
        assertThat(HexFormat.of().formatHex(readFrame(in)))
            .isEqualTo(HexFormat.of().formatHex(reply));
      }
    }
  }

  private static byte[] readFrame(DataInputStream in) throws IOException {
    byte[] prefix = in.readNBytes(Frame.LENGTH_PREFIX);
    int length = Frame.messageLength(new UnsafeBuffer(prefix), 0);
    byte[] frame = new byte[Frame.LENGTH_PREFIX + length];
    System.arraycopy(prefix, 0, frame, 0, prefix.length);
    in.readFully(frame, Frame.LENGTH_PREFIX, length);
    return frame;
  }

  /** The page's frames of one direction: after the arrow, the bytes at the start of each line. */
  private static List<byte[]> frames(String arrow) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (String block : BLOCK_BORDER.split(Files.readString(PAGE), -1)) {
      if (block.startsWith(arrow + " ")) {
        frames.add(HexFormat.of().parseHex(hexDigits(block)));
      }
    }
    return frames;
  }

  private static String hexDigits(String block) {
    return block
        .lines()
        .skip(1)
        .map(line -> line.substring(2, 25).replace(" ", ""))
        .collect(Collectors.joining());
  }
}
