package chat.klatsch.web;

import chat.klatsch.web.http.ContentPolicy;
import chat.klatsch.web.view.EmbeddedPaths;
import chat.klatsch.web.view.Site;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Handles the addresses below {@code /embed}. Makes the requests of pages in a frame look like those of the same pages without one, but for an attribute, and lets the
 * hosts frame the responses. Runs after {@link SecurityHeaders}, which forbid that. Thread-safe.
 */
final class EmbeddedRequests implements HttpConfiguration.Customizer {
    private final Site site;
    private final String policy;

    EmbeddedRequests(Site site) {
        this.site = site;
        this.policy = ContentPolicy.withoutNonce(site.embedded());
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        HttpURI address = request.getHttpURI();
        String path = address.getPath();
        String base = site.basePath();
        if (path == null || !path.startsWith(base) || !EmbeddedPaths.contains(path.substring(base.length()))) {
            return request;
        }
        response.put(ContentPolicy.HEADER, policy);
        response.remove(SecurityHeaders.FRAME_OPTIONS);
        request.setAttribute(Site.EMBEDDED, true);
        HttpURI whole = HttpURI.build(address)
                .path(base + EmbeddedPaths.whole(path.substring(base.length())))
                .query(address.getQuery())
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return whole;
            }
        };
    }
}
