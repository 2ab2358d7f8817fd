package chat.klatsch.examples.shop;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browsers of the machine: a Chromium, or one that Playwright downloads, and Firefox if there is one. */
final class Browsers implements AutoCloseable {
    private static final List<String> CHROMIUMS =
            List.of("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable");

    private final Optional<Path> chromium = find(CHROMIUMS);
    private final Optional<Path> firefox = find(List.of("firefox-esr", "firefox"));
    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(chromium.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));

    Browser chromium() {
        LaunchOptions options = new LaunchOptions();
        if ("root".equals(System.getProperty("user.name"))) {
            options.setArgs(List.of("--no-sandbox"));
        }
        chromium.ifPresent(options::setExecutablePath);
        return playwright.chromium().launch(options);
    }

    /** Starts Firefox, or Chromium once more where there is no Firefox. */
    Browser firefox() {
        return firefox.map(path -> playwright
                        .firefox()
                        .launch(new LaunchOptions().setChannel("moz-firefox").setExecutablePath(path)))
                .orElseGet(this::chromium);
    }

    private static Optional<Path> find(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
