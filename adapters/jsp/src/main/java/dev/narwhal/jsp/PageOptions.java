package dev.narwhal.jsp;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.jsp.tagext.TagLibraryInfo;
import java.io.File;
import java.util.Map;
import org.apache.jasper.EmbeddedServletOptions;
import org.apache.jasper.Options;
import org.apache.jasper.TrimSpacesOption;
import org.apache.jasper.compiler.JspConfig;
import org.apache.jasper.compiler.TagPluginManager;
import org.apache.jasper.compiler.TldCache;

/** Jasper's options: four that are ours, and then those that an application gave to the servlet. */
public final class PageOptions implements Options {

    private final EmbeddedServletOptions given;
    private final ServletContext context;
    private final PageSetup setup;
    private final boolean development;

    /** Called by Jasper. */
    public PageOptions(ServletConfig config, ServletContext context) {
        this.given = new EmbeddedServletOptions(config, context);
        this.context = context;
        this.setup = PageSetup.of(context);
        this.development = config.getInitParameter("development") == null ? setup.mayChange() : given.getDevelopment();
    }

    /** One for all workers: what one has compiled, the others need not. */
    @Override
    public File getScratchDir() {
        return setup.generated().toFile();
    }

    @Override
    public String getCompilerClassName() {
        return PageCompiler.class.getName();
    }

    /** Whether to look for changed sources at each request. */
    @Override
    public boolean getDevelopment() {
        return development;
    }

    @Override
    public TldCache getTldCache() {
        return TagLibraries.of(context, setup.app());
    }

    @Override
    public boolean getErrorOnUseBeanInvalidClassAttribute() {
        return given.getErrorOnUseBeanInvalidClassAttribute();
    }

    @Override
    public boolean getKeepGenerated() {
        return given.getKeepGenerated();
    }

    @Override
    public boolean isPoolingEnabled() {
        return given.isPoolingEnabled();
    }

    @Override
    public boolean getMappedFile() {
        return given.getMappedFile();
    }

    @Override
    public boolean getClassDebugInfo() {
        return given.getClassDebugInfo();
    }

    @Override
    public int getCheckInterval() {
        return given.getCheckInterval();
    }

    @Override
    public boolean getDisplaySourceFragment() {
        return given.getDisplaySourceFragment();
    }

    @Override
    public boolean isSmapSuppressed() {
        return given.isSmapSuppressed();
    }

    @Override
    public boolean isSmapDumped() {
        return given.isSmapDumped();
    }

    @Override
    public TrimSpacesOption getTrimSpaces() {
        return given.getTrimSpaces();
    }

    @Override
    public String getClassPath() {
        return given.getClassPath();
    }

    @Override
    public String getCompiler() {
        return given.getCompiler();
    }

    @Override
    public String getCompilerTargetVM() {
        return given.getCompilerTargetVM();
    }

    @Override
    public String getCompilerSourceVM() {
        return given.getCompilerSourceVM();
    }

    @Override
    public String getJavaEncoding() {
        return given.getJavaEncoding();
    }

    @Override
    public boolean getFork() {
        return given.getFork();
    }

    @Override
    public JspConfig getJspConfig() {
        return given.getJspConfig();
    }

    @Override
    public boolean isXpoweredBy() {
        return given.isXpoweredBy();
    }

    @Override
    public TagPluginManager getTagPluginManager() {
        return given.getTagPluginManager();
    }

    @Override
    public boolean genStringAsCharArray() {
        return given.genStringAsCharArray();
    }

    @Override
    public int getModificationTestInterval() {
        return given.getModificationTestInterval();
    }

    @Override
    public boolean getRecompileOnFail() {
        return given.getRecompileOnFail();
    }

    @Override
    public boolean isCaching() {
        return given.isCaching();
    }

    @Override
    public Map<String, TagLibraryInfo> getCache() {
        return given.getCache();
    }

    @Override
    public int getMaxLoadedJsps() {
        return given.getMaxLoadedJsps();
    }

    @Override
    public int getJspIdleTimeout() {
        return given.getJspIdleTimeout();
    }

    @Override
    public boolean getStrictQuoteEscaping() {
        return given.getStrictQuoteEscaping();
    }

    @Override
    public boolean getQuoteAttributeEL() {
        return given.getQuoteAttributeEL();
    }

    @Override
    public String getVariableForExpressionFactory() {
        return given.getVariableForExpressionFactory();
    }

    @Override
    public String getVariableForInstanceManager() {
        return given.getVariableForInstanceManager();
    }

    @Override
    public boolean getPoolTagsWithExtends() {
        return given.getPoolTagsWithExtends();
    }

    @Override
    public boolean getStrictGetProperty() {
        return given.getStrictGetProperty();
    }

    @Override
    public boolean getStrictWhitespace() {
        return given.getStrictWhitespace();
    }

    @Override
    public String getJspServletBase() {
        return given.getJspServletBase();
    }

    @Override
    public String getServiceMethodName() {
        return given.getServiceMethodName();
    }

    @Override
    public String getServletClasspathAttribute() {
        return given.getServletClasspathAttribute();
    }

    @Override
    public String getJspPrecompilationQueryParameter() {
        return given.getJspPrecompilationQueryParameter();
    }

    @Override
    public String getGeneratedJspPackageName() {
        return given.getGeneratedJspPackageName();
    }

    @Override
    public String getGeneratedTagFilePackageName() {
        return given.getGeneratedTagFilePackageName();
    }

    @Override
    public String getTempVariableNamePrefix() {
        return given.getTempVariableNamePrefix();
    }

    @Override
    public boolean getUseInstanceManagerForTags() {
        return given.getUseInstanceManagerForTags();
    }

    @Override
    public boolean getGeneratedJavaAddTimestamp() {
        return given.getGeneratedJavaAddTimestamp();
    }

    @Override
    public String getUseNonstandardTagOptimizations() {
        return given.getUseNonstandardTagOptimizations();
    }
}
