package chat.klatsch.web.host;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that tells its sender. Other threads can read it, also after the request has ended: the headers, cookies
 * and attributes as they were, and the host's session as it is. Thread-safe.
 */
final class RequestSnapshot {
    /** The methods without parameters whose values are kept. */
    private static final Set<String> KEPT = Set.of(
            "getMethod",
            "getRequestURI",
            "getQueryString",
            "getContextPath",
            "getServletPath",
            "getPathInfo",
            "getScheme",
            "getServerName",
            "getServerPort",
            "getProtocol",
            "isSecure",
            "getRemoteAddr",
            "getRemoteUser",
            "getUserPrincipal",
            "getAuthType",
            "getCookies");

    private static final List<Method> KEPT_METHODS = Stream.of(HttpServletRequest.class.getMethods())
            .filter(method -> KEPT.contains(method.getName()) && method.getParameterCount() == 0)
            .toList();

    /** Starts the names of attributes that hold parts of the server. */
    private static final List<String> INTERNAL =
            List.of("javalin", "io.javalin", "org.eclipse.jetty", "jakarta.servlet", "chat.klatsch");

    private static final HttpSession EMPTY_SESSION = (HttpSession) Proxy.newProxyInstance(
            HttpSession.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, parameters) -> method.getName().equals("getAttribute") ? null : answerEmpty(method));

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Object> attributes = new HashMap<>();
    private final @Nullable HttpSession session;

    private RequestSnapshot(HttpServletRequest request) {
        for (Method method : KEPT_METHODS) {
            values.put(method.getName(), value(method, request));
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        for (String name : Collections.list(request.getAttributeNames())) {
            if (INTERNAL.stream().noneMatch(name::startsWith)) {
                attributes.put(name, request.getAttribute(name));
            }
        }
        this.session = request.getSession(false);
    }

    /** Returns a request that has the same values as this one, and no body. */
    static HttpServletRequest of(HttpServletRequest request) {
        RequestSnapshot snapshot = new RequestSnapshot(request);
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, parameters) ->
                        snapshot.answer(method, parameters == null ? new Object[0] : parameters));
    }

    private @Nullable Object answer(Method method, Object[] parameters) {
        String name = method.getName();
        if (values.containsKey(name)) {
            return values.get(name);
        }
        List<String> header =
                parameters.length == 1 ? headers.getOrDefault(parameters[0].toString(), List.of()) : List.of();
        return switch (name) {
            case "getHeader" -> header.isEmpty() ? null : header.get(0);
            case "getHeaders" -> Collections.enumeration(header);
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getAttribute" -> attributes.get(parameters[0].toString());
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "getSession" -> session(parameters.length == 0 || Boolean.TRUE.equals(parameters[0]));
            case "toString" -> "request of " + values.get("getRequestURI");
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> false;
            default ->
                throw new UnsupportedOperationException(name
                        + " does not work here: only the headers, cookies, attributes, the principal and the session of a"
                        + " request tell who has sent it");
        };
    }

    /** Returns the session unless it has ended. A request that is over cannot get a new one, so that one is empty. */
    private @Nullable HttpSession session(boolean always) {
        try {
            if (session != null && session.getCreationTime() >= 0) {
                return session;
            }
        } catch (IllegalStateException ended) {
            // There is none any more.
        }
        return always ? EMPTY_SESSION : null;
    }

    private static Object answerEmpty(Method method) {
        return switch (method.getName()) {
            case "getAttributeNames" -> Collections.emptyEnumeration();
            case "isNew" -> true;
            case "getId" -> "";
            case "toString" -> "no session";
            default -> throw new UnsupportedOperationException("there is no session, and none can be created here");
        };
    }

    private static @Nullable Object value(Method method, HttpServletRequest request) {
        try {
            return method.invoke(request);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the request cannot be read", e);
        }
    }
}
