package chat.klatsch.web;

import chat.klatsch.web.view.Site;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The Javalin app of a chat below a path of a host's server. */
final class MountedServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Servlet app;
    private final transient Site site;

    MountedServlet(Servlet app, Site site) {
        this.app = app;
        this.site = site;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        app.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute(MountHandler.mark()) == null) {
            // Its address only looks like one below the path once a servlet has decoded it.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getRequestURI().equals(site.basePath())) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            response.setStatus(HttpServletResponse.SC_MOVED_TEMPORARILY);
            response.setHeader("Location", site.path("/") + query);
        } else {
            app.service(new BelowPath(request), response);
        }
    }

    /** Makes the chat's path the context path, which Javalin removes before it looks for a route. */
    private final class BelowPath extends HttpServletRequestWrapper {
        BelowPath(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContextPath() {
            return site.basePath();
        }
    }

    @Override
    public void destroy() {
        app.destroy();
    }
}
