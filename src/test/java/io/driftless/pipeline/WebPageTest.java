package io.driftless.pipeline;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.driftless.pipeline.Stand.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.driftless.pipeline.AccountsStand.Guarded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The page in a browser. Skipped where there is no chromium.
@ExtendWith({SharedStand.class, AccountsStand.class})
class WebPageTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double PATIENCE_MILLIS = 30_000;

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void open() {
        assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(FLAGS)
                        .setTimeout(60_000));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void applicationsAndEventsAppearAsTheyHappen(Stand stand) {
        Repository repository = stand.repository("watched");
        String first = repository.push("map.yaml", configMap("settings", "1"));
        stand.declare(Declaration.automated(repository));
        stand.awaitSynced("watched", first);
        List<String> problems = new CopyOnWriteArrayList<>();

        try (Page page = browser.newPage()) {
            page.onPageError(problems::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    problems.add(message.text());
                }
            });
            page.navigate(stand.url().toString());
            page.locator("#filter").fill("argocd/watched");

            assertThat(page.locator("#connection")).hasText("live", patiently());
            Locator card = card(page, "watched");
            assertThat(card).containsText("Synced");
            assertThat(card).containsText("Healthy");
            assertThat(card).containsText(first.substring(0, 8));

            String second = repository.push("map.yaml", configMap("settings", "2"));

            containsText(card, second.substring(0, 8));
            isTold(page, "sync-succeeded", second.substring(0, 8));
            isTold(page, "resource-applied", "/ConfigMap:watched/settings");

            repository.push("map.yaml", configMap("settings", "1") + " broken: [\n");
            containsText(card, "ComparisonError");
            containsText(card, "map.yaml");
            repository.push("map.yaml", configMap("settings", "<img src=x onerror=alert(1)>"));
            stand.awaitSynced("watched", repository.head());

            page.locator("#find").fill("no such application");
            assertThat(page.locator("#applications > li")).hasCount(0, count());
            page.locator("#find").fill("watched");
            assertThat(page.locator("#applications > li")).hasCount(1, count());

            stand.web().delete("/api/v1/applications/watched");
            assertThat(page.locator("#applications > li")).hasCount(0, count());
            assertThat(problems).isEmpty();
        }
    }

    @Test
    void whereThereAreAccountsThePageAsksForALogin(Guarded guarded) {
        try (Page page = browser.newPage(new Browser.NewPageOptions().setIgnoreHTTPSErrors(true))) {
            page.navigate(guarded.stand().url().toString());
            page.locator("#account").fill("admin");
            page.locator("#password").fill("wrong");
            page.locator("#login button").click();
            assertThat(page.locator("#refused")).hasText("Invalid username or password", patiently());
            assertThat(page.locator("#content")).isHidden();

            page.locator("#password").fill(guarded.password());
            page.locator("#login button").click();
            assertThat(page.locator("#connection")).hasText("live", patiently());
            assertThat(page.locator("#username")).hasText("admin");

            page.locator("#logout").click();
            assertThat(page.locator("#login")).isVisible();
        }
    }

    @Test
    void whatComesFromOutsideIsShownAsTextAlone(Stand stand) {
        Repository repository = stand.repository("hostile-text");
        repository.push("map.yaml", configMap("settings", "1"));
        String script = "<img src=x onerror=document.title='taken'>";
        stand.declare(Declaration.automated(repository).withPath(script));
        stand.awaitCondition("hostile-text", "ComparisonError", "img");

        try (Page page = browser.newPage()) {
            page.navigate(stand.url().toString());

            containsText(card(page, "hostile-text"), script);
            assertThat(page.locator("#applications img")).hasCount(0);
            assertThat(page.title()).isEqualTo("Driftless");
        }
    }

    private static Locator card(Page page, String name) {
        return page.locator("#applications > li")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".name", new Page.LocatorOptions().setHasText(name))));
    }

    private static void isTold(Page page, String type, String text) {
        Locator ofType = page.locator(".type", new Page.LocatorOptions().setHasText(Pattern.compile("^" + type + "$")));
        Locator told = page.locator("#events li")
                .filter(new Locator.FilterOptions().setHas(ofType))
                .filter(new Locator.FilterOptions().setHasText(text));
        assertThat(told.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void containsText(Locator locator, String text) {
        assertThat(locator).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static LocatorAssertions.HasCountOptions count() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }
}
