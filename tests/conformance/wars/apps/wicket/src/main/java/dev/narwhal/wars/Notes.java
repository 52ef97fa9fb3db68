package dev.narwhal.wars;

import org.apache.wicket.Page;
import org.apache.wicket.pageStore.InSessionPageStore;
import org.apache.wicket.pageStore.RequestPageStore;
import org.apache.wicket.page.PageManager;
import org.apache.wicket.protocol.http.WebApplication;
import org.apache.wicket.settings.RequestCycleSettings;

/**
 * Keeps its pages in the session, and renders them only after a redirect: by default Wicket keeps what is to be shown then in a map of its own, so
 * that on several servers without sticky sessions a user gets no answer or an old one.
 */
public class Notes extends WebApplication {

    @Override
    public Class<? extends Page> getHomePage() {
        return NotesPage.class;
    }

    @Override
    protected void init() {
        super.init();
        getRequestCycleSettings().setRenderStrategy(RequestCycleSettings.RenderStrategy.REDIRECT_TO_RENDER);
        getCspSettings().blocking().disabled();
        setPageManagerProvider(() -> new PageManager(new RequestPageStore(
                new InSessionPageStore(20, getFrameworkSettings().getSerializer()))));
        mountPage("/about", AboutPage.class);
    }
}
