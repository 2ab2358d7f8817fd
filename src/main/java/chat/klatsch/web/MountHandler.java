package chat.klatsch.web;

import chat.klatsch.core.Limits;
import chat.klatsch.web.connection.RequestBodies;
import chat.klatsch.web.connection.ResponseBodies;
import chat.klatsch.web.view.Site;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Applies what concerns each request of the chat, its headers, limits and errors, to requests below the chat's path in the
 * server of a host. All other requests pass unchanged. Thread-safe.
 */
public final class MountHandler extends Handler.Wrapper {
    private static final String MARK = MountHandler.class.getName();

    /** The chat's WebSockets are not compressed: that costs three times the CPU time and 100 KB for each connection. */
    private static final EnumSet<HttpHeader> EXTENSIONS = EnumSet.of(HttpHeader.SEC_WEBSOCKET_EXTENSIONS);

    private record Mount(
            String path, List<HttpConfiguration.Customizer> customizers, JettyErrorHandler errors, Handler bodies) {
        boolean covers(String requested) {
            return requested.equals(path) || requested.startsWith(path + "/");
        }
    }

    private volatile @Nullable Mount mount;

    /** Returns whether a request is one of the chat. */
    static boolean covers(Request request) {
        return request.getAttribute(MARK) != null;
    }

    /** Returns the name of the attribute that the requests of the chat have. */
    static String mark() {
        return MARK;
    }

    /** Begins to treat requests below the site's path. Runs before the server starts. */
    void mount(Site site, Limits limits, TrustedProxies proxies, Optional<IdentityHeader> identity) {
        SecurityHeaders headers = new SecurityHeaders(site, false);
        List<HttpConfiguration.Customizer> customizers = Stream.concat(
                        identity.stream(),
                        Stream.of(
                                proxies, headers, new StrictRequests(), new EmbeddedRequests(site), new HeadRequests()))
                .toList();
        RequestBodies requests = JettySettings.requestBodies(site, limits);
        requests.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                return pass(request, response, callback);
            }
        });
        Handler bodies = new ResponseBodies(requests);
        mount = new Mount(site.basePath(), customizers, new JettyErrorHandler(headers), bodies);
    }

    @Override
    protected void doStart() throws Exception {
        Mount mounted = Objects.requireNonNull(mount);
        mounted.bodies().setServer(getServer());
        addBean(mounted.bodies());
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Mount mounted = mount;
        String path = request.getHttpURI().getCanonicalPath();
        if (mounted == null || path == null || !mounted.covers(path)) {
            return pass(request, response, callback);
        }
        Request own = new OwnRequest(request, mounted.errors());
        own.setAttribute(MARK, mounted);
        try {
            for (HttpConfiguration.Customizer customizer : mounted.customizers()) {
                own = Objects.requireNonNull(customizer.customize(own, response.getHeaders()));
            }
        } catch (HttpException.RuntimeException refusal) {
            Response.writeError(own, response, callback, refusal.getCode());
            return true;
        }
        return mounted.bodies().handle(own, response, callback);
    }

    private boolean pass(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    private static final class OwnRequest extends Request.Wrapper {
        private final HttpFields headers;
        private final Context context;

        OwnRequest(Request request, JettyErrorHandler errors) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders(), EXTENSIONS).asImmutable();
            this.context = with(errors, request.getContext());
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public Context getContext() {
            return context;
        }

        /** Returns a context that has another handler of errors. */
        private static Context with(JettyErrorHandler errors, Context context) {
            return (Context) Proxy.newProxyInstance(
                    Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, parameters) -> {
                        if (method.getName().equals("getErrorHandler")) {
                            return errors;
                        }
                        try {
                            return method.invoke(context, parameters);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
