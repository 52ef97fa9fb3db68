package dev.narwhal.wars;

import org.apache.wicket.Page;
import org.apache.wicket.pageStore.InSessionPageStore;
import org.apache.wicket.pageStore.RequestPageStore;
import org.apache.wicket.page.PageManager;
import org.apache.wicket.protocol.http.WebApplication;

/** Keeps its pages in the session, as Wicket's guide has it for several servers. */
public class Notes extends WebApplication {

    @Override
    public Class<? extends Page> getHomePage() {
        return NotesPage.class;
    }

    @Override
    protected void init() {
        super.init();
        getCspSettings().blocking().disabled();
        setPageManagerProvider(() -> new PageManager(new RequestPageStore(
                new InSessionPageStore(20, getFrameworkSettings().getSerializer()))));
        mountPage("/about", AboutPage.class);
    }
}
