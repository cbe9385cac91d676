package web

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/web/ui"
)

func failurePage(f Failure) Page {
	return Page{Title: failureTitle(f.Status), Status: f.Status, Shape: Plain}
}

func failureTitle(status int) string {
	switch status {
	case http.StatusNotFound:
		return "没有找到"
	case http.StatusForbidden:
		return "没有权限"
	case http.StatusConflict:
		return "情况已变"
	case http.StatusTooManyRequests:
		return "操作太频繁"
	case http.StatusServiceUnavailable:
		return "暂时不能办理"
	case http.StatusMethodNotAllowed, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return "没有办成"
	}
	return "系统出了点问题"
}

// failureNext is what to do now.
func failureNext(status int) string {
	switch status {
	case http.StatusNotFound:
		return "可能是地址写错了，也可能这个单位不归您管。"
	case http.StatusForbidden:
		return "需要办理的话，请联系上级专班或管理员调整您的角色。"
	case http.StatusConflict:
		return "请返回上一页刷新，看过最新情况后再办。"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return "请过一会儿再试，您填的内容请先留着。"
	case http.StatusMethodNotAllowed, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return "请返回上一页，改好后再办。"
	}
	return "请过一会儿再试。仍不行，请把编号告诉管理员。"
}

func failureIcon(status int) ui.Icon {
	switch status {
	case http.StatusNotFound:
		return "search"
	case http.StatusForbidden:
		return "lock"
	case http.StatusConflict:
		return "refresh"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return "hourglass"
	}
	return "alert-triangle"
}
