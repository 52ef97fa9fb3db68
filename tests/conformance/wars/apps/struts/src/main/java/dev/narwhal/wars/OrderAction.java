package dev.narwhal.wars;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.struts2.ActionSupport;
import org.apache.struts2.action.SessionAware;
import org.apache.struts2.interceptor.parameter.StrutsParameter;

/** A form whose orders are in the session; a token in it lets each be sent once. */
public class OrderAction extends ActionSupport implements SessionAware {

    private static final long serialVersionUID = 1L;

    private transient Map<String, Object> session = Map.of();
    private String item = "";
    private int quantity = 1;

    @Override
    public void withSession(Map<String, Object> values) {
        session = values;
    }

    @Override
    public void validate() {
        if (item.isBlank()) {
            addFieldError("item", "an item is needed");
        }
    }

    @Override
    public String execute() {
        List<String> orders = new ArrayList<>(getOrders());
        orders.add(quantity + " x " + item);
        session.put("orders", orders);
        return SUCCESS;
    }

    @SuppressWarnings("unchecked")
    public List<String> getOrders() {
        return (List<String>) session.getOrDefault("orders", List.of());
    }

    public String getItem() {
        return item;
    }

    @StrutsParameter
    public void setItem(String item) {
        this.item = item;
    }

    public int getQuantity() {
        return quantity;
    }

    @StrutsParameter
    public void setQuantity(int quantity) {
        this.quantity = quantity;
    }
}
