package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The minimal chat server to compare with: it turns each incoming text into one frame of a given size and writes that
 * to every connection on the same path. It stores nothing, checks nothing and has no users.
 */
final class BaselineServer {
    private static final Pattern UPGRADE =
            Pattern.compile("GET (\\S+) .*?^Sec-WebSocket-Key: (\\S+).*\r\n\r\n", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String ACCEPT =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: %s\r\n\r\n";

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final class Connection {
        final SocketChannel channel;
        final WriteBuffer out;
        List<Connection> room;

        /** The bytes of an incomplete frame. */
        ByteBuffer rest = NOTHING;

        Connection(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.out = new WriteBuffer(channel, key);
        }
    }

    private final Map<String, List<Connection>> rooms = new HashMap<>();
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer frame;

    /** @param args the port and the size of a frame in bytes */
    public static void main(String[] args) throws IOException {
        new BaselineServer(Integer.parseInt(args[0]), Integer.parseInt(args[1])).serve();
    }

    private BaselineServer(int port, int bytes) throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        frame = ByteBuffer.allocateDirect(4 + bytes);
        frame.put((byte) 0x81).put((byte) 126).putShort((short) bytes);
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(key -> {
                if (key.isAcceptable()) {
                    accept();
                } else {
                    ready(key, (Connection) key.attachment());
                }
            });
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel; (channel = listener.accept()) != null; ) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(channel, key));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key, Connection connection) {
        try {
            if (key.isWritable()) {
                connection.out.resume();
            }
            if (key.isReadable()) {
                if (connection.channel.read(in.clear().put(connection.rest)) < 0) {
                    throw new IOException("gone");
                }
                in.flip();
                if (connection.room == null) {
                    upgrade(connection);
                } else {
                    receive(connection.room);
                }
                connection.rest = in.hasRemaining()
                        ? ByteBuffer.allocate(in.remaining()).put(in).flip()
                        : NOTHING;
            }
        } catch (IOException gone) {
            drop(connection);
        }
    }

    private void drop(Connection connection) {
        if (connection.room != null) {
            connection.room.remove(connection);
        }
        try {
            connection.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade(Connection connection) throws IOException {
        Matcher request = UPGRADE.matcher(StandardCharsets.US_ASCII.decode(in.duplicate()));
        if (!request.lookingAt()) {
            return;
        }
        in.position(in.limit());
        connection.out.write(StandardCharsets.US_ASCII.encode(ACCEPT.formatted(accepted(request.group(2)))));
        connection.out.write(ByteBuffer.wrap(new byte[] {(byte) 0x81, 2, 'h', 'i'}));
        connection.room = rooms.computeIfAbsent(request.group(1), path -> new ArrayList<>());
        connection.room.add(connection);
    }

    /** Accepts only masked text frames of less than 32 KB. */
    private void receive(List<Connection> room) {
        while (in.remaining() >= 8) {
            int length = in.get(in.position() + 1) & 127;
            int start = in.position() + 2;
            if (length == 126) {
                length = in.getShort(start);
                start += 2;
            }
            if (in.limit() < start + 4 + length) {
                break;
            }
            frame.clear().position(4);
            for (int i = 0; i < Math.min(length, frame.capacity() - 4); i++) {
                frame.put((byte) (in.get(start + 4 + i) ^ in.get(start + i % 4)));
            }
            in.position(start + 4 + length);
            tell(room);
        }
    }

    private void tell(List<Connection> room) {
        List<Connection> gone = new ArrayList<>(0);
        for (Connection member : room) {
            try {
                member.out.write(frame.clear());
            } catch (IOException e) {
                gone.add(member);
            }
        }
        gone.forEach(this::drop);
    }

    private static String accepted(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
