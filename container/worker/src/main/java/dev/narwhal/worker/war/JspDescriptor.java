package dev.narwhal.worker.war;

import jakarta.servlet.descriptor.JspConfigDescriptor;
import jakarta.servlet.descriptor.JspPropertyGroupDescriptor;
import jakarta.servlet.descriptor.TaglibDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** {@code <jsp-config>} as {@code ServletContext.getJspConfigDescriptor()} gives it (Servlet 6.1 §4.4.4): null for what it does not say. */
public record JspDescriptor(JspConfig config) implements JspConfigDescriptor {

    @Override
    public Collection<TaglibDescriptor> getTaglibs() {
        return new ArrayList<>(config.taglibs().stream().map(Taglib::new).toList());
    }

    @Override
    public Collection<JspPropertyGroupDescriptor> getJspPropertyGroups() {
        return new ArrayList<>(config.propertyGroups().stream().map(Group::new).toList());
    }

    private record Taglib(JspConfig.Taglib taglib) implements TaglibDescriptor {

        @Override
        public String getTaglibURI() {
            return taglib.uri();
        }

        @Override
        public String getTaglibLocation() {
            return taglib.location();
        }
    }

    private record Group(JspConfig.PropertyGroup group) implements JspPropertyGroupDescriptor {

        @Override
        public Collection<String> getUrlPatterns() {
            return new ArrayList<>(group.urlPatterns());
        }

        @Override
        public @Nullable String getElIgnored() {
            return group.elIgnored().orElse(null);
        }

        @Override
        public @Nullable String getErrorOnELNotFound() {
            return group.errorOnElNotFound().orElse(null);
        }

        @Override
        public @Nullable String getPageEncoding() {
            return group.pageEncoding().orElse(null);
        }

        @Override
        public @Nullable String getScriptingInvalid() {
            return group.scriptingInvalid().orElse(null);
        }

        @Override
        public @Nullable String getIsXml() {
            return group.isXml().orElse(null);
        }

        @Override
        public Collection<String> getIncludePreludes() {
            return new ArrayList<>(group.includePreludes());
        }

        @Override
        public Collection<String> getIncludeCodas() {
            return new ArrayList<>(group.includeCodas());
        }

        @Override
        public @Nullable String getDeferredSyntaxAllowedAsLiteral() {
            return group.deferredSyntaxAllowedAsLiteral().orElse(null);
        }

        @Override
        public @Nullable String getTrimDirectiveWhitespaces() {
            return group.trimDirectiveWhitespaces().orElse(null);
        }

        @Override
        public @Nullable String getDefaultContentType() {
            return group.defaultContentType().orElse(null);
        }

        @Override
        public @Nullable String getBuffer() {
            return group.buffer().orElse(null);
        }

        @Override
        public @Nullable String getErrorOnUndeclaredNamespace() {
            return group.errorOnUndeclaredNamespace().orElse(null);
        }
    }
}
