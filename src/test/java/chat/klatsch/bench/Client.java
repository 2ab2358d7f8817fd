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

/** One WebSocket, from its connecting to its end. It answers pings and says what it is told to. Used by its swarm's thread alone. */
final class Client implements FrameReader.Listener {
    /** Where it goes, as whom, and whether what is said there is expected to reach it. */
    record Seat(int port, String path, String cookie, RoomTraffic talk, Part part) {}

    enum Part {
        MEMBER,
        /** Gets messages as they come, and is not counted on. */
        GUEST,
        /** Reads nothing once it is in. */
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

    private final Seat subscriber;
    private final LoadGenerator swarm;
    private final SocketChannel channel = SocketChannel.open();
    private final SelectionKey key;
    private final WriteBuffer out;
    private final FrameReader frames = new FrameReader(this);
    private final Progress progress = new Progress();
    private final Handshake handshake = new Handshake();
    private State state = State.CONNECTING;
    private long texts;

    Client(Seat subscriber, LoadGenerator swarm, Selector selector) throws IOException {
        this.subscriber = subscriber;
        this.swarm = swarm;
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
        ByteBuffer frame = swarm.publishQueue().clear();
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
        swarm.arrived(this, number, due);
    }

    @Override
    public void text(long bytes, int marks) {
        if (texts++ == 0) {
            swarm.greeted();
            if (subscriber.part() == Part.STALLED) {
                key.interestOps(0);
            }
        }
        swarm.text(bytes, marks);
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
            swarm.left(code);
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

    /** Frames with text that have come. */
    long texts() {
        return texts;
    }
}
