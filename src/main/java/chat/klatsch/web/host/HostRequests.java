package chat.klatsch.web.host;

import chat.klatsch.account.Session;
import chat.klatsch.core.ChatException;
import chat.klatsch.host.HostAccount;
import chat.klatsch.host.HostAccounts;
import chat.klatsch.text.Text;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host who sends a request. A host that fails or is slow lets nobody in, and delays nobody else. Thread-safe. */
public final class HostRequests {
    /** Tells which user of the host sends a request. */
    public interface Users {
        /** Empty for somebody who may not enter. */
        Optional<HostAccount> of(HttpServletRequest request) throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(HostRequests.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    /** The most questions that the host has not answered yet. */
    private static final int MOST_OPEN = 200;

    /** The checks after which a proxy has to say again who the user is: in the standard interval, five minutes. */
    private static final int MOST_UNSEEN = 10;

    private final Users users;
    private final boolean byProxy;
    private final HostAccounts accounts;
    private final Executor executor;
    private final Semaphore open = new Semaphore(MOST_OPEN);
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime());
    private final AtomicInteger unlogged = new AtomicInteger();

    /**
     * @param byProxy whether a proxy names the user of each request, so that the same request always tells the same
     * @param executor runs the host's code, which may not return for long
     */
    public HostRequests(Users users, boolean byProxy, HostAccounts accounts, Executor executor) {
        this.users = users;
        this.byProxy = byProxy;
        this.accounts = accounts;
        this.executor = executor;
    }

    /** The session of the request's sender. @throws ChatException UNAVAILABLE if the host does not tell within two seconds */
    public Optional<Session> session(HttpServletRequest request) {
        return ask(RequestSnapshot.of(request));
    }

    /** Returns what asks again who has sent a request, and compares the answer with the user of this session. */
    public Recheck recheck(HttpServletRequest request, Session session) {
        if (byProxy) {
            AtomicInteger asked = new AtomicInteger();
            return () -> asked.incrementAndGet() < MOST_UNSEEN ? Recheck.Answer.SAME : Recheck.Answer.UNKNOWN;
        }
        HttpServletRequest snapshot = RequestSnapshot.of(request);
        return () -> ask(snapshot)
                .filter(current -> current.user().id().equals(session.user().id()))
                .map(same -> Recheck.Answer.SAME)
                .orElse(Recheck.Answer.ENDED);
    }

    private Optional<Session> ask(HttpServletRequest snapshot) {
        return account(snapshot).map(accounts::session);
    }

    private Optional<HostAccount> account(HttpServletRequest snapshot) {
        if (!open.tryAcquire()) {
            throw unknown(new IllegalStateException("too many questions are open"));
        }
        FutureTask<Optional<HostAccount>> question =
                new FutureTask<>(() -> Objects.requireNonNull(users.of(snapshot), "null instead of an Optional"));
        executor.execute(() -> {
            try {
                question.run();
            } finally {
                open.release();
            }
        });
        try {
            return question.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unknown(e.getCause());
        } catch (TimeoutException e) {
            question.cancel(true);
            throw unknown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(e);
        }
    }

    private ChatException unknown(Throwable failure) {
        log(failure);
        ChatException unknown = new ChatException(ChatException.Kind.UNAVAILABLE, new Text("refusal.host"), TIMEOUT);
        unknown.initCause(failure);
        return unknown;
    }

    /** Whoever can send a request that makes the host fail could else fill the log. */
    private void log(Throwable failure) {
        long now = System.nanoTime();
        long next = nextLine.get();
        if (now - next >= 0 && nextLine.compareAndSet(next, now + LOG_INTERVAL.toNanos())) {
            log.error(
                    "The host did not tell who sent a request, which was refused, like {} others since such a line",
                    unlogged.getAndSet(0),
                    failure);
        } else {
            unlogged.incrementAndGet();
        }
    }
}
