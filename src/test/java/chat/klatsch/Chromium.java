package chat.klatsch;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window: the machine's, else one that Playwright fetches, else, as root on Debian, a package. */
final class Chromium implements AutoCloseable {
    /** Lightest first: the shell has no window that it could open. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final int PATIENCE_MINUTES = 5;

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    /** @throws IllegalStateException where no Chromium can be had */
    Chromium() {
        try {
            browser = launch();
        } catch (RuntimeException e) {
            playwright.close();
            throw new IllegalStateException("No Chromium found, fetched or installed", e);
        }
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        playwright.close();
    }

    private Browser launch() {
        return launchOurs().or(this::launchFetched).or(this::launchInstalled).orElseThrow();
    }

    /** The first on the path that starts: on some systems the name is there and the browser is not. */
    private Optional<Browser> launchOurs() {
        return found().flatMap(path -> launch(options().setExecutablePath(path)).stream())
                .findFirst();
    }

    private Optional<Browser> launchFetched() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        run(java, "-cp", System.getProperty("java.class.path"), "com.microsoft.playwright.CLI", "install", "chromium");
        return launch(options());
    }

    private Optional<Browser> launchInstalled() {
        if (!isRoot() || !Files.exists(Path.of("/etc/debian_version"))) {
            return Optional.empty();
        }
        run("apt-get", "update");
        run("apt-get", "install", "--yes", "--no-install-recommends", "chromium-headless-shell");
        return launchOurs().or(() -> {
            run("apt-get", "install", "--yes", "--no-install-recommends", "chromium");
            return launchOurs();
        });
    }

    private Optional<Browser> launch(LaunchOptions options) {
        try {
            return Optional.of(playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            return Optional.empty();
        }
    }

    private static LaunchOptions options() {
        List<String> arguments = new ArrayList<>(List.of(
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync"));
        if (isRoot()) {
            arguments.add("--no-sandbox");
        }
        // The cache that the back button uses is part of what is tested.
        return new LaunchOptions().setArgs(arguments).setIgnoreDefaultArgs(List.of("--disable-back-forward-cache"));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Stream<Path> found() {
        List<String> directories = List.of(System.getenv("PATH").split(File.pathSeparator));
        return NAMES.stream()
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable);
    }

    /** Runs a command that may well fail: whether a browser is there now is seen when it is launched. */
    private static void run(String... command) {
        System.err.println("Looking for a Chromium: " + command[0] + " … " + command[command.length - 1]);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
