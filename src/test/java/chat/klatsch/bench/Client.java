package chat.klatsch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One WebSocket connection, which answers pings and sends messages on request. Confined to the thread of its
 * LoadGenerator.
 */
final class Client implements FrameReader.Listener {
    /** The address, session and role of a client. */
    record Subscription(int port, String path, String cookie, RoomTraffic traffic, Part part) {}

    enum Part {
        MEMBER,
        /** Receives messages that are not counted. */
        GUEST,
        /** Reads nothing once it is connected. */
        STALLED
    }

    enum State {
        CONNECTING,
        UPGRADING,
        IN,
        GONE
    }

    private static final int SMALL_WINDOW = 4096;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;

    private final Subscription subscriber;
    private final LoadGenerator generator;
    private final SocketChannel channel = SocketChannel.open();
    private final SelectionKey key;
    private final WriteBuffer out;
    private final FrameReader frames = new FrameReader(this);
    private final Progress progress = new Progress();
    private final Handshake handshake = new Handshake();
    private State state = State.CONNECTING;
    private long texts;

    Client(Subscription subscriber, LoadGenerator generator, Selector selector) throws IOException {
        this.subscriber = subscriber;
        this.generator = generator;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (subscriber.part() == Part.STALLED) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_WINDOW);
        }
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        this.out = new WriteBuffer(channel, key);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), subscriber.port()));
    }

    void ready(ByteBuffer in) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            state = State.UPGRADING;
            out.write(Handshake.request(subscriber));
            return;
        }
        if (key.isWritable()) {
            out.resume();
        }
        if (key.isReadable()) {
            if (channel.read(in.clear()) < 0) {
                leave(1006);
                return;
            }
            in.flip();
            if (state == State.UPGRADING && handshake.read(in)) {
                state = State.IN;
            }
            frames.read(in);
        }
    }

    void say(String text) throws IOException {
        send(FrameReader.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int opcode, byte[] payload) throws IOException {
        ByteBuffer frame = generator.publishQueue().clear();
        frame.put((byte) (FINAL | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        int mask = ThreadLocalRandom.current().nextInt();
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask >>> (3 - i % 4) * 8));
        }
        out.write(frame.flip());
    }

    @Override
    public void marked(int number, long due) {
        generator.arrived(this, number, due);
    }

    @Override
    public void text(long bytes, int marks) {
        if (texts++ == 0) {
            generator.greeted();
            if (subscriber.part() == Part.STALLED) {
                key.interestOps(0);
            }
        }
        generator.text(bytes, marks);
    }

    @Override
    public void control(int opcode, byte[] payload) {
        try {
            if (opcode == FrameReader.PING) {
                send(FrameReader.PONG, payload);
            } else if (opcode == FrameReader.CLOSE) {
                leave(payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort());
            }
        } catch (IOException e) {
            leave(1006);
        }
    }

    void leave(int code) {
        if (state != State.GONE) {
            state = State.GONE;
            generator.left(code);
            close();
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Progress progress() {
        return progress;
    }

    boolean isMember() {
        return subscriber.part() == Part.MEMBER;
    }

    boolean isIn() {
        return state == State.IN;
    }

    /** Returns the number of text frames received. */
    long texts() {
        return texts;
    }
}
